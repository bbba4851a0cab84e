using System.Text.Encodings.Web;
using System.Text.Json.Serialization;

namespace PushPruner.LocalAws;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(EpochSeconds)])]
[JsonSerializable(typeof(CreateRepositoryCall))]
[JsonSerializable(typeof(DeleteRepositoryCall))]
[JsonSerializable(typeof(DescribeRepositoriesCall))]
[JsonSerializable(typeof(GetAccountSettingCall))]
[JsonSerializable(typeof(GetAccountSettingAnswer))]
[JsonSerializable(typeof(GetAuthorizationTokenCall))]
[JsonSerializable(typeof(PutImageCall))]
[JsonSerializable(typeof(DescribeImagesCall))]
[JsonSerializable(typeof(ListImagesCall))]
[JsonSerializable(typeof(BatchGetImageCall))]
[JsonSerializable(typeof(BatchDeleteImageCall))]
[JsonSerializable(typeof(ListTagsForResourceCall))]
[JsonSerializable(typeof(TagResourceCall))]
[JsonSerializable(typeof(UntagResourceCall))]
[JsonSerializable(typeof(UpdateImageStorageClassCall))]
[JsonSerializable(typeof(RepositoryAnswer))]
[JsonSerializable(typeof(DescribeRepositoriesAnswer))]
[JsonSerializable(typeof(GetAuthorizationTokenAnswer))]
[JsonSerializable(typeof(PutImageAnswer))]
[JsonSerializable(typeof(DescribeImagesAnswer))]
[JsonSerializable(typeof(ListImagesAnswer))]
[JsonSerializable(typeof(BatchGetImageAnswer))]
[JsonSerializable(typeof(BatchDeleteImageAnswer))]
[JsonSerializable(typeof(ListTagsForResourceAnswer))]
[JsonSerializable(typeof(EmptyAnswer))]
[JsonSerializable(typeof(UpdateImageStorageClassAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
sealed partial class EcrJson : JsonSerializerContext
{
    // Media types and tags hold a +, which the default encoder would escape.
    internal static EcrJson Wire => field ??= new(new(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
