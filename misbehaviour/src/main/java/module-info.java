/// The misbehaviour corpus: the nastiest tasks there are, one of each kind.
module dev.telar.misbehaviour {
  requires static transitive org.jspecify;

  exports dev.telar.misbehaviour;
}
