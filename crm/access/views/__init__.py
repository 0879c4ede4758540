"""The doors: signing in and out, setting up, settings of one's own and of the installation."""
