/// Telar and its peers measured side by side in one run.
@SuppressWarnings({"requires-automatic", "module"}) // those libraries know nothing of modules
module dev.telar.benchmarks {
  requires VectorGraphics2D;
  requires dev.telar;
  requires java.desktop;
  requires java.management;
  requires java.sql; // mentioned by Tika
  requires jmh.core;
  requires org.apache.tika.core;
  requires org.jfree.jfreechart;
  requires static org.jspecify;
  requires tools.jackson.jr.ob;

  exports dev.telar.benchmarks;
}
