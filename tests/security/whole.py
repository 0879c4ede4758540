"""CALLBACK_SECURITY=whole tries everything, which takes some minutes; without it a part (docs/security.md)."""

import os

WHOLE = os.environ.get("CALLBACK_SECURITY") == "whole"
