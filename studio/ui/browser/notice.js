// One line that says what just happened, or why nothing did.
root.setAttribute('role', 'status');
root.setAttribute('aria-live', 'polite');
follow((value) => {
  root.className = `notice ${value.tone || ''} ${value.text ? '' : 'empty'}`;
  root.textContent = value.text || '';
});
