"""One plain function a command, callable without Click."""
