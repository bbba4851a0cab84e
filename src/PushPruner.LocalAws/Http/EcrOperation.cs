using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PushPruner.LocalAws;

/// <summary>One operation of the HTTP API: from a request's bytes to an answer's.</summary>
sealed record EcrOperation(string Name, Func<LocalRegistry, byte[], string, CancellationToken, Task<byte[]>> InvokeAsync)
{
    internal static FrozenDictionary<string, EcrOperation> All { get; } = new[]
    {
        Of("CreateRepository", EcrJson.Wire.CreateRepositoryCall, EcrJson.Wire.RepositoryAnswer),
        Of("DeleteRepository", EcrJson.Wire.DeleteRepositoryCall, EcrJson.Wire.RepositoryAnswer),
        Of("DescribeRepositories", EcrJson.Wire.DescribeRepositoriesCall, EcrJson.Wire.DescribeRepositoriesAnswer),
        Of("GetAccountSetting", EcrJson.Wire.GetAccountSettingCall, EcrJson.Wire.GetAccountSettingAnswer),
        Of("GetAuthorizationToken", EcrJson.Wire.GetAuthorizationTokenCall, EcrJson.Wire.GetAuthorizationTokenAnswer),
        Of("PutImage", EcrJson.Wire.PutImageCall, EcrJson.Wire.PutImageAnswer),
        Of("DescribeImages", EcrJson.Wire.DescribeImagesCall, EcrJson.Wire.DescribeImagesAnswer),
        Of("ListImages", EcrJson.Wire.ListImagesCall, EcrJson.Wire.ListImagesAnswer),
        Of("BatchGetImage", EcrJson.Wire.BatchGetImageCall, EcrJson.Wire.BatchGetImageAnswer),
        Of("BatchDeleteImage", EcrJson.Wire.BatchDeleteImageCall, EcrJson.Wire.BatchDeleteImageAnswer),
        Of("ListTagsForResource", EcrJson.Wire.ListTagsForResourceCall, EcrJson.Wire.ListTagsForResourceAnswer),
        Of("TagResource", EcrJson.Wire.TagResourceCall, EcrJson.Wire.EmptyAnswer),
        Of("UntagResource", EcrJson.Wire.UntagResourceCall, EcrJson.Wire.EmptyAnswer),
        Of("UpdateImageStorageClass", EcrJson.Wire.UpdateImageStorageClassCall, EcrJson.Wire.UpdateImageStorageClassAnswer),
    }.ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);

    static EcrOperation Of<TCall, TAnswer>(string name, JsonTypeInfo<TCall> callType, JsonTypeInfo<TAnswer> answerType)
        where TCall : EcrCall<TAnswer> =>
        new(name, async (registry, body, requestId, cancellationToken) =>
        {
            var answer = await registry.SendAsync(Read(body, callType), requestId, cancellationToken);
            return JsonSerializer.SerializeToUtf8Bytes(answer, answerType);
        });

    static T Read<T>(byte[] body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new EcrError("SerializationException", "The request body is not the JSON that the operation takes");
        }
    }
}
