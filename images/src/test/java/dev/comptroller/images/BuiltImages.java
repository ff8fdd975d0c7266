package dev.comptroller.images;

import dev.comptroller.testkit.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the images of this checkout, built and unpacked once for all tests. */
final class BuiltImages implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(BuiltImages.class);
  private static final Path FOLDER = Path.of("target", "images");

  /**
   * The images.
   *
   * @param built what the build said
   * @param unpacked the images from their archives
   */
  record Images(List<Image> built, Map<Program, UnpackedImage> unpacked) {
    UnpackedImage of(Program program) {
      UnpackedImage image = unpacked.get(program);
      if (image == null) {
        throw new IllegalArgumentException("no image of " + program);
      }
      return image;
    }
  }

  /** Builds all images into a folder. */
  static List<Image> build(Path folder) throws IOException {
    Checkout checkout = Checkout.current();
    return new ImageBuild(
            checkout.path("").toAbsolutePath().normalize(),
            checkout.tool("opa"),
            "localhost/comptroller",
            "test",
            folder,
            progress -> {})
        .run(Clock.systemUTC());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Images.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(Images.class, key -> images(), Images.class);
  }

  private static Images images() {
    try {
      Map<Program, UnpackedImage> unpacked = new EnumMap<>(Program.class);
      List<Image> built = build(FOLDER);
      for (Image image : built) {
        Path folder = FOLDER.resolve("unpacked").resolve(image.program().id());
        unpacked.put(image.program(), UnpackedImage.of(image.archive(), folder));
      }
      return new Images(built, unpacked);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot build the images", e);
    }
  }
}
