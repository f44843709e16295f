/// The `telar` command.
module dev.telar.cli {
  requires dev.telar;
  requires dev.telar.benchmarks;
  requires dev.telar.examples;
  requires info.picocli;
  requires me.tongfei.progressbar;
  requires static org.jspecify;
  requires tools.jackson.jr.ob;

  // picocli fills fields by reflection.
  opens dev.telar.cli to
      info.picocli;
  opens dev.telar.cli.words to
      info.picocli;
}
