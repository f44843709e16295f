/// One `Pool` over threads and over isolated, killable, memory-capped JVM processes.
module dev.telar {
  requires static transitive org.jspecify;
  requires static java.management; // asked for the machine's memory where there is no /proc
  requires static jdk.management;
  requires static jdk.jfr; // events for Flight Recorder
  requires jdk.net; // who is at the other end of a socket
  requires jdk.unsupported; // sun.misc.Signal: workers ignore Ctrl-C

  exports dev.telar;
  exports dev.telar.shared;
}
