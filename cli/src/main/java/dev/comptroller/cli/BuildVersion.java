package dev.comptroller.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven wrote into the jar. */
final class BuildVersion implements IVersionProvider {
  private static final String POM = "/META-INF/maven/dev.comptroller/cli/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream stream = BuildVersion.class.getResourceAsStream(POM)) {
      if (stream != null) {
        properties.load(stream);
      }
    }
    return new String[] {
      "kubectl-comptroller " + properties.getProperty("version", "(unpackaged)")
    };
  }
}
