using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>A write whose condition didn't hold.</summary>
/// <param name="Stored">What is stored; null when there is nothing or the server didn't say (some emulators never do).</param>
sealed record Refusal(Item? Stored);
