"""The journal's newest anchor, taken out of this machine: one module a way, and what each took last."""
