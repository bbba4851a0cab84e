using System.Text.Json.Serialization;
using PushPruner.Jobs;

namespace PushPruner.Cli.Reconcile;

/// <summary>A reconcile's result as the function gives it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReconcileResult))]
sealed partial class ReconcileJson : JsonSerializerContext;
