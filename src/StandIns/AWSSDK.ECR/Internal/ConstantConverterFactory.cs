using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace Amazon.ECR.Internal;

// A list instead of MakeGenericType: native code has no types that the code does not name.
sealed class ConstantConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeof(ConstantClass).IsAssignableFrom(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => typeToConvert.Name switch
    {
        nameof(EncryptionType) => new ConstantConverter<EncryptionType>(EncryptionType.FindValue),
        nameof(ImageFailureCode) => new ConstantConverter<ImageFailureCode>(ImageFailureCode.FindValue),
        nameof(ImageStatus) => new ConstantConverter<ImageStatus>(ImageStatus.FindValue),
        nameof(ImageStatusFilter) => new ConstantConverter<ImageStatusFilter>(ImageStatusFilter.FindValue),
        nameof(ImageTagMutability) => new ConstantConverter<ImageTagMutability>(ImageTagMutability.FindValue),
        nameof(ImageTagMutabilityExclusionFilterType) =>
            new ConstantConverter<ImageTagMutabilityExclusionFilterType>(ImageTagMutabilityExclusionFilterType.FindValue),
        nameof(ScanStatus) => new ConstantConverter<ScanStatus>(ScanStatus.FindValue),
        nameof(TagStatus) => new ConstantConverter<TagStatus>(TagStatus.FindValue),
        _ => throw new NotSupportedException($"{typeToConvert} has no converter here."),
    };
}
