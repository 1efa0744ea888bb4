"""The wearer as a dress form: a smooth body mesh bent until a tape round it reads the wearer's measurements."""
