"""One module per URL: each lays components out and binds them to a state."""
