/// Small programs that show Telar, one idea each.
module dev.telar.examples {
  requires dev.telar;
  requires static org.jspecify;
}
