"""The documents of all visitors, kept on the server: one per session, forgotten when long unused."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from studio.design import GarmentDesign
from studio.history import Document

TTL_SECONDS = 6 * 3600.0
CAPACITY = 400


class Sessions:
    """Session key -> Document; a new key begins with `start`. At most CAPACITY documents, the longest unused go first."""

    def __init__(
        self,
        start: GarmentDesign,
        *,
        check: Callable[[GarmentDesign], object] = lambda design: None,
        clock: Callable[[], float] = time.monotonic,
        ttl_seconds: float = TTL_SECONDS,
        capacity: int = CAPACITY,
    ) -> None:
        self.start = start
        self._check = check
        self._clock = clock
        self._ttl_seconds = ttl_seconds
        self._capacity = capacity
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[float, Document]] = OrderedDict()

    def of(self, key: str) -> Document:
        """The document that belongs to `key`."""
        now = self._clock()
        with self._lock:
            _, document = self._held.pop(key, (now, None))
            if document is None:
                document = Document(self.start, check=self._check, clock=self._clock)
            self._held[key] = (now, document)
            self._forget(now)
            return document

    def __len__(self) -> int:
        return len(self._held)

    def _forget(self, now: float) -> None:
        while self._held:
            key, (used, _) = next(iter(self._held.items()))
            if now - used <= self._ttl_seconds and len(self._held) <= self._capacity:
                return
            del self._held[key]
