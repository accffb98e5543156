"""What a congress needs beside a Belenios archive: a signed, hash-chained annex; no I/O."""
