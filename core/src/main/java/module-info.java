/// One `Pool` over threads and over isolated, killable, memory-capped JVM processes.
module dev.telar {
  requires static transitive org.jspecify;

  exports dev.telar;
}
