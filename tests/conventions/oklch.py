"""OKLCH to contrast, after https://bottosson.github.io/posts/oklab and WCAG 2.2."""

import math
import re

NUMBER = r"([\d.]+)"
OKLCH = rf"oklch\({NUMBER}\s+{NUMBER}\s+{NUMBER}\)"


def parse(text):
    """{"ink": ((l, c, h) light, (l, c, h) dark), …} of the opaque colour tokens."""
    colours = {}
    for name, value in re.findall(r"--([\w-]+):\s*([^;]+);", text):
        both = [tuple(map(float, one)) for one in re.findall(OKLCH, value)]
        if value.startswith("light-dark(") and len(both) == 2:
            colours[name] = (both[0], both[1])
        elif value.startswith("oklch(") and len(both) == 1:
            colours[name] = (both[0], both[0])
    return colours


def luminance(lightness, chroma, hue):
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    clip = [min(1.0, max(0.0, channel)) for channel in (red, green, blue)]
    return 0.2126 * clip[0] + 0.7152 * clip[1] + 0.0722 * clip[2]


def contrast(one, other):
    light, dark = sorted((luminance(*one), luminance(*other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
