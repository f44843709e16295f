package dev.telar.benchmarks;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// Draws curves: both axes logarithmic, so that what grows linearly is a straight line that rises
/// by one decade in each.
final class Chart {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 420;
  private static final double MILLI = 1e-6;
  private static final Color[] COLORS = {
    new Color(0x1f77b4), new Color(0xd62728), new Color(0x2ca02c), new Color(0x9467bd)
  };

  private Chart() {}

  /// Writes an SVG file.
  ///
  /// @param drawing what
  /// @param file where
  /// @throws IOException if it cannot be written
  static void write(Drawing drawing, Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    var graphics = new VectorGraphics2D();
    chart(drawing).draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    try (OutputStream out = Files.newOutputStream(file)) {
      new SVGProcessor()
          .getDocument(graphics.getCommands(), new PageSize(WIDTH, HEIGHT))
          .writeTo(out);
    }
  }

  private static JFreeChart chart(Drawing drawing) {
    var curves = new XYSeriesCollection();
    var renderer = new XYLineAndShapeRenderer();
    for (Drawing.Line line : drawing.lines()) {
      int index = curves.getSeriesCount();
      renderer.setSeriesPaint(index, COLORS[index % COLORS.length]);
      renderer.setSeriesStroke(index, new BasicStroke(2));
      var series = new XYSeries(line.name());
      line.points().forEach(point -> series.add(point.size(), point.nanos() * MILLI));
      curves.addSeries(series);
    }
    var plot = new XYPlot(curves, axis("size"), axis("ms"), renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    var chart =
        new JFreeChart(drawing.what(), JFreeChart.DEFAULT_TITLE_FONT.deriveFont(13f), plot, true);
    chart.setBackgroundPaint(Color.WHITE);
    return chart;
  }

  private static LogarithmicAxis axis(String name) {
    var axis = new LogarithmicAxis(name);
    axis.setStrictValuesFlag(false); // below 1 ms, too
    axis.setLog10TickLabelsFlag(true);
    return axis;
  }
}
