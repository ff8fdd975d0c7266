package dev.comptroller.images;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import dev.comptroller.core.object.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One build of all images.
 *
 * @param checkout the checkout, its modules packaged
 * @param opa the program that compiles rules
 * @param repository what the images are named by, before their id
 * @param tag tag of the images
 * @param output folder for archives and what lies beside them; emptied first
 * @param progress is told what is being done
 */
public record ImageBuild(
    Path checkout,
    Path opa,
    String repository,
    String tag,
    Path output,
    Consumer<String> progress) {
  private static final String JAVA = "/opt/java";
  private static final String OPA = "/usr/local/bin/opa";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SYSTEM =
      List.of("/etc", "/lib", "/lib64", "/usr/lib", "/usr/lib64");

  /**
   * Builds the image of each program, and beside it its bill of materials and its provenance; and
   * {@code values.yaml}, which tells the chart to use these images.
   *
   * @throws IllegalStateException if a module is not packaged, or a program that is needed fails
   */
  public List<Image> run(Clock clock) throws IOException {
    deleteAll(output);
    Path work = Files.createDirectories(output.resolve("work"));
    progress.accept("linking the Java runtime");
    RootFilesystem shared = new RootFilesystem(work.resolve("shared"));
    Path runtime = shared.resolve(JAVA);
    JavaRuntime.link(runtime);
    SystemLibraries libraries = SystemLibraries.neededBy(runtime);
    addSystem(shared, libraries);
    shared.copy(opa, OPA);
    shared.setTimes();
    Source source = Source.of(checkout);
    List<Component> components = new ArrayList<>();
    components.add(Component.java(JavaRuntime.modules(runtime)));
    components.add(Component.goProgram(opa));
    components.addAll(Component.libraries(libraries));

    List<Image> images = new ArrayList<>();
    for (Program program : Program.values()) {
      progress.accept("building the image of " + program.id());
      ApplicationJars jars = ApplicationJars.of(checkout, program.id());
      Image image = build(program, jars, shared, libraries, work);
      write(image.billOfMaterials(), BillOfMaterials.of(image, billOf(program), components));
      List<Path> materials = new ArrayList<>(jars.libraries());
      materials.add(opa);
      materials.addAll(libraries.paths());
      write(image.provenance(), Provenance.of(image, source, materials, clock.instant()));
      images.add(image);
    }
    Files.writeString(output.resolve("values.yaml"), ChartValues.naming(images));
    deleteAll(work);
    return List.copyOf(images);
  }

  private static void addSystem(RootFilesystem root, SystemLibraries libraries) throws IOException {
    for (Path library : libraries.paths()) {
      root.copy(library, library.toString());
    }
    root.write("/etc/passwd", "comptroller:x:65532:65532:Comptroller:/:/sbin/nologin\n");
    root.write("/etc/group", "comptroller:x:65532:\n");
    root.write("/etc/nsswitch.conf", "hosts: files dns\n");
  }

  private Image build(
      Program program,
      ApplicationJars jars,
      RootFilesystem shared,
      SystemLibraries libraries,
      Path work)
      throws IOException {
    RootFilesystem root = new RootFilesystem(work.resolve(program.id()));
    root.copyAll(shared);
    for (Path jar : jars.libraries()) {
      root.copyJar(jar, "/app/lib/" + jar.getFileName());
    }
    for (Path jar : jars.ours()) {
      root.copy(jar, "/app/" + jar.getFileName());
    }
    root.write("/app/java.options", options(program, jars));
    root.setTimes();
    AheadOfTimeCache.addTo(root, program, jars.classpath());

    String name = repository + "/" + program.id();
    Path archive = output.resolve(program.id() + ".tar");
    Digest digest =
        ImageArchive.write(
            archive,
            name + ":" + tag,
            program,
            layers(program, shared, root),
            List.of(JAVA + "/bin/java", "@/app/java.options", program.mainClass()),
            labels(program, libraries),
            work.resolve("layers"));
    return new Image(program, name, tag, digest, archive);
  }

  /** From what changes least to what changes most; all images share the first three. */
  private static List<FileEntriesLayer> layers(
      Program program, RootFilesystem shared, RootFilesystem root) throws IOException {
    List<String> ours = new ArrayList<>(root.jarsIn("/app"));
    ours.add("/app/java.options");
    return List.of(
        shared.layer("system", shared.present(SYSTEM)),
        shared.layer("java", List.of(JAVA)),
        shared.layer("opa", List.of(OPA)),
        root.layer("libraries", List.of("/app/lib")),
        root.layer("program", ours),
        root.layer("cache", List.of(program.cache())));
  }

  private static String options(Program program, ApplicationJars jars) {
    return String.join("\n", program.javaOptions()) + "\n-cp\n" + jars.classpath() + "\n";
  }

  private Map<String, String> labels(Program program, SystemLibraries libraries) {
    return Map.of(
        "org.opencontainers.image.title", program.title(),
        "org.opencontainers.image.version", tag,
        "org.opencontainers.image.licenses", "Apache-2.0",
        "dev.comptroller.image.c-library", libraries.version(),
        "dev.comptroller.image.java", JavaRuntime.version());
  }

  private ObjectNode billOf(Program program) throws IOException {
    Path bill = checkout.resolve(program.id()).resolve("target/bom.json");
    if (!Files.isRegularFile(bill)) {
      throw new IllegalStateException("There is no " + bill + "; run 'mvn package' first.");
    }
    return (ObjectNode) JSON.readTree(bill.toFile());
  }

  private static void write(Path file, ObjectNode json) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
