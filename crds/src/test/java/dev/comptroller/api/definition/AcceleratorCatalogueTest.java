package dev.comptroller.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.api.v1alpha1.AcceleratorClass;
import dev.comptroller.api.v1alpha1.Partition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The catalogue in the chart is what the tables in docs/data say. */
class AcceleratorCatalogueTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path CATALOGUE = ROOT.resolve("charts/comptroller/files/accelerators.yaml");

  @Test
  void the_committed_catalogue_is_what_the_tables_say() throws Exception {
    assertThat(printed())
        .as("run hack/generate and commit what it changes")
        .isEqualTo(Files.readString(CATALOGUE));
  }

  @Test
  void every_product_is_a_class_of_its_own() throws IOException {
    assertThat(classes()).hasSizeGreaterThan(50);
    assertThat(classes()).extracting(HasMetadata::getKind).containsOnly("AcceleratorClass");
    assertThat(classes())
        .extracting(accelerator -> accelerator.getMetadata().getName())
        .doesNotHaveDuplicates()
        .contains("nvidia-h100-sxm5-80gb", "amd-instinct-mi300x", "google-tpu-v5p");
  }

  @Test
  void a_slice_weighs_the_larger_of_its_compute_and_its_memory_share() throws IOException {
    assertThat(weights("nvidia-h100-sxm5-80gb"))
        .containsEntry("nvidia.com/mig-1g.10gb", "1/7")
        .containsEntry("nvidia.com/mig-1g.20gb", "1/4")
        .containsEntry("nvidia.com/mig-3g.40gb", "1/2")
        .containsEntry("nvidia.com/mig-4g.40gb", "4/7")
        .containsEntry("nvidia.com/mig-7g.80gb", "1");
  }

  @Test
  void the_same_slice_weighs_more_on_a_smaller_product() throws IOException {
    assertThat(weights("nvidia-a100-sxm4-40gb")).containsEntry("nvidia.com/mig-1g.10gb", "1/4");
  }

  @Test
  void what_is_not_known_is_left_out() throws IOException {
    assertThat(named("huawei-ascend-910c").getSpec().memory()).isNull();
    assertThat(named("nvidia-gh200-144g-hbm3e").getSpec().memory()).isNull();
    assertThat(named("nvidia-a10").getSpec().peakDense()).doesNotContainKey("bf16");
  }

  private static Map<String, String> weights(String name) throws IOException {
    return named(name).getSpec().partitions().stream()
        .collect(Collectors.toMap(Partition::resource, Partition::weight));
  }

  private static AcceleratorClass named(String name) throws IOException {
    return classes().stream()
        .filter(accelerator -> accelerator.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<AcceleratorClass> classes() throws IOException {
    return Arrays.stream(Files.readString(CATALOGUE).split("(?m)^---$"))
        .skip(1)
        .map(document -> Serialization.unmarshal(document, AcceleratorClass.class))
        .toList();
  }

  private static String printed() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                ROOT.resolve("hack/AcceleratorClasses.java").toString(),
                ROOT.resolve("docs/data/accelerators.csv").toString(),
                ROOT.resolve("docs/data/accelerator-partitions.csv").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }
}
