using System.Text.Json.Serialization;
using Amazon.Lambda.Model;

namespace Amazon.Lambda.Internal;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListFunctionsResponse))]
sealed partial class LambdaJson : JsonSerializerContext;
