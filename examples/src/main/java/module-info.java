/// Small programs that show Telar, one idea each.
@SuppressWarnings("requires-automatic") // Tika is none of ours
module dev.telar.examples {
  requires dev.telar;
  requires java.logging;
  requires java.net.http;
  requires java.sql; // mentioned by Tika
  requires java.xml;
  requires jdk.httpserver;
  requires org.apache.tika.core;
  requires static org.jspecify;

  exports dev.telar.examples;
}
