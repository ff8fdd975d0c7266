package dev.comptroller.core.accelerator;

import static dev.comptroller.core.accelerator.Catalogues.acceleratorClass;
import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.api.v1alpha1.Partition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceleratorCatalogueTest {
  private static final String PRODUCT = "nvidia.com/gpu.product";
  private static final AcceleratorCatalogue CATALOGUE =
      new AcceleratorCatalogue(
          List.of(
              acceleratorClass("nvidia.com/gpu", "0.1", Map.of(PRODUCT, "Tesla-T4")),
              acceleratorClass(
                  "nvidia.com/gpu",
                  "1",
                  Map.of(PRODUCT, "H100"),
                  List.of(new Partition("nvidia.com/mig-1g.10gb", "1/7"))),
              acceleratorClass(
                  "nvidia.com/gpu",
                  "0.5",
                  Map.of(PRODUCT, "A100"),
                  List.of(new Partition("nvidia.com/mig-1g.10gb", "1/8")))));

  @Test
  void the_dearest_product_counts_where_the_pod_may_land_on_any() {
    assertThat(CATALOGUE.weightOf("nvidia.com/gpu")).contains(Weight.parse("1"));
    assertThat(CATALOGUE.weightOf("nvidia.com/mig-1g.10gb")).contains(Weight.parse("1/7"));
  }

  @Test
  void a_node_selector_leaves_the_products_it_allows() {
    assertThat(CATALOGUE.weightOf("nvidia.com/gpu", Map.of(PRODUCT, "Tesla-T4")))
        .contains(Weight.parse("0.1"));
    assertThat(CATALOGUE.weightOf("nvidia.com/mig-1g.10gb", Map.of(PRODUCT, "A100")))
        .contains(Weight.parse("1/8"));
    assertThat(CATALOGUE.weightOf("nvidia.com/gpu", Map.of("zone", "a")))
        .contains(Weight.parse("1"));
  }

  @Test
  void a_node_selector_that_no_class_knows_makes_nothing_cheaper() {
    assertThat(CATALOGUE.weightOf("nvidia.com/gpu", Map.of(PRODUCT, "unheard-of")))
        .contains(Weight.parse("1"));
  }

  @Test
  void a_class_of_several_node_labels_counts_until_one_of_them_differs() {
    AcceleratorCatalogue catalogue =
        new AcceleratorCatalogue(
            List.of(
                acceleratorClass("google.com/tpu", "2", Map.of("type", "v5p", "topology", "2x2")),
                acceleratorClass("google.com/tpu", "1", Map.of("type", "v5e")),
                acceleratorClass("google.com/tpu", "0.5", Map.of())));

    assertThat(catalogue.weightOf("google.com/tpu", Map.of("type", "v5p", "topology", "2x2")))
        .contains(Weight.parse("2"));
    assertThat(catalogue.weightOf("google.com/tpu", Map.of("topology", "2x2")))
        .contains(Weight.parse("2"));
    assertThat(catalogue.weightOf("google.com/tpu", Map.of("type", "v5p", "topology", "4x4")))
        .contains(Weight.parse("0.5"));
    assertThat(catalogue.weightOf("google.com/tpu", Map.of("type", "v5e", "topology", "2x2")))
        .contains(Weight.parse("1"));
  }

  @Test
  void a_name_without_a_class_is_unknown_unless_it_is_no_accelerator() {
    assertThat(CATALOGUE.isUnknownAccelerator("acme.com/gpu")).isTrue();
    assertThat(CATALOGUE.weightOf("acme.com/gpu")).isEmpty();
    assertThat(CATALOGUE.isUnknownAccelerator("cpu")).isFalse();
    assertThat(CATALOGUE.isUnknownAccelerator("nvidia.com/gpu")).isFalse();
  }

  @Test
  void a_class_makes_an_accelerator_of_a_name_that_would_be_none() {
    AcceleratorCatalogue catalogue =
        new AcceleratorCatalogue(List.of(acceleratorClass("smarter-devices/fuse", "2", Map.of())));

    assertThat(catalogue.weightOf("smarter-devices/fuse")).contains(Weight.parse("2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "free", "0", "-1", "1/0"})
  void a_class_whose_weight_cannot_be_read_or_is_nothing_makes_its_resource_unknown(String weight) {
    AcceleratorCatalogue catalogue =
        new AcceleratorCatalogue(
            List.of(
                acceleratorClass("nvidia.com/gpu", "1", Map.of()),
                acceleratorClass("nvidia.com/gpu", weight, Map.of())));

    assertThat(catalogue.isUnknownAccelerator("nvidia.com/gpu")).isTrue();
  }
}
