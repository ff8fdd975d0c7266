package dev.comptroller.cluster;

/** A manifest or setting that cannot be read; the message says where and why. */
public final class InvalidManifestException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /**
   * @param source file or setting
   * @param problem what is wrong and what is required
   */
  public InvalidManifestException(String source, String problem) {
    super(source + ": " + problem);
  }
}
