package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Where the pods expose metrics. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Monitoring(
    @JsonPropertyDescription("Name of the container port with metrics.")
        @Required
        @Size(min = 1, max = 15)
        @Pattern(Formats.PORT_NAME)
        String port,
    @JsonPropertyDescription("HTTP path of the metrics, /metrics where absent.")
        @Size(min = 1, max = 253)
        @Pattern(Formats.HTTP_PATH)
        @Nullable String path) {}
