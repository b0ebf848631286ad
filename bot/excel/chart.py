"""Native bar charts over the rows of a sheet."""

from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList

from bot.domain.table import Bars

_COLOURS = ("34689F", "A9C4E0", "B0241C", "C9CED4", "F2B84B")
_CENTIMETRES = 24.0


def bar_chart(sheet: Any, bars: Bars, rows: int) -> Any:
    """Of the first rows under the header; horizontal, so that long names can be read."""
    chart: Any = BarChart()
    chart.type = "bar"
    chart.style = 10
    chart.title = bars.title
    chart.grouping = "stacked" if bars.stacked else "clustered"
    chart.overlap = 100 if bars.stacked else None
    chart.gapWidth = 40
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"  # the first row on top
    chart.y_axis.majorGridlines = None
    chart.y_axis.number_format = "0"
    chart.y_axis.majorUnit = None
    last = 1 + min(rows, bars.most)
    for number, column in enumerate(bars.values):
        chart.add_data(Reference(sheet, min_col=column, min_row=1, max_row=last), titles_from_data=True)
        series = chart.series[number]
        series.graphicalProperties.solidFill = _COLOURS[number % len(_COLOURS)]
        series.graphicalProperties.line.solidFill = "4B5259"
    chart.set_categories(Reference(sheet, min_col=bars.names, min_row=2, max_row=last))
    if len(bars.values) == 1:
        chart.legend = None
        chart.dataLabels = DataLabelList()
        chart.dataLabels.showVal = True
        for name in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
            setattr(chart.dataLabels, name, False)
    else:
        chart.legend.position = "b"
    chart.width = _CENTIMETRES
    chart.height = max(7.0, 2.5 + 0.62 * (last - 1))
    return chart
