/// Telar and its peers measured side by side in one run.
module dev.telar.benchmarks {
  requires dev.telar;
  requires static org.jspecify;

  exports dev.telar.benchmarks;
}
