// Script that every page loads. Everything works without it; it only makes things quicker.
"use strict";
