/// One `Pool` over threads and over isolated, killable, memory-capped JVM processes.
module dev.telar {
  requires static transitive org.jspecify;
  requires static java.management; // asked for the machine's memory where there is no /proc
  requires static jdk.management;

  exports dev.telar;
}
