package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What the owner declares about the size of the training, as decimal strings. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DeclaredCompute(
    @JsonPropertyDescription("Parameters of the model, such as \"8.0e9\".")
        @Size(min = 1, max = 32)
        @Pattern(Formats.DECIMAL)
        @Nullable String parameters,
    @JsonPropertyDescription("Tokens that the model is trained on, such as \"2.1e9\".")
        @Size(min = 1, max = 32)
        @Pattern(Formats.DECIMAL)
        @Nullable String tokens,
    @JsonPropertyDescription("Number format of the training, such as BF16 or FP8.")
        @Size(min = 1, max = 16)
        @Pattern("^[A-Z][A-Z0-9_]*$")
        @Nullable String precision) {}
