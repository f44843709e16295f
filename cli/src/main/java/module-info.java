/// The `telar` command.
module dev.telar.cli {
  requires dev.telar;
  requires dev.telar.benchmarks;
  requires dev.telar.examples;
  requires dev.telar.misbehaviour;
  requires info.picocli;
  requires java.net.http;
  requires jdk.httpserver;
  requires me.tongfei.progressbar;
  requires static org.jspecify;
  requires tools.jackson.jr.ob;

  // picocli fills fields by reflection.
  opens dev.telar.cli to
      info.picocli;
  opens dev.telar.cli.compute to
      info.picocli;
  opens dev.telar.cli.fetch to
      info.picocli;
  opens dev.telar.cli.own to
      info.picocli;
  opens dev.telar.cli.words to
      info.picocli;
}
