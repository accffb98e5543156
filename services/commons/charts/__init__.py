"""Charts (图): written once as data, drawn as SVG or as a chart of DOCX that Word draws itself."""

from .chart import BARS, LINES, Chart, Series
from .svg import to_svg

__all__ = ["BARS", "LINES", "Chart", "Series", "to_svg"]
