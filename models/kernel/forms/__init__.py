"""Forms as declared models: what each field asks, the limits of its answers, and why one will not do, in French."""
