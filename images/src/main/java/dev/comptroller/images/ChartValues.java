package dev.comptroller.images;

import java.util.List;
import java.util.stream.Collectors;

/** Values of the chart, as a file for {@code helm --values}. */
final class ChartValues {
  private ChartValues() {}

  /** Names the images of what the chart installs by their digests. */
  static String naming(List<Image> images) {
    return images.stream()
        .filter(image -> image.program() != Program.CLI)
        .map(
            image ->
                """
                %s:
                  image: {repository: %s, digest: "%s"}
                """
                    .formatted(image.program().id(), image.name(), image.digest()))
        .collect(Collectors.joining());
  }
}
