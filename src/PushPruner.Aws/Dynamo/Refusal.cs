using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>A write that DynamoDB refused because its condition was false.</summary>
/// <param name="Stored">The stored item; null if there is none or the server did not return it (some emulators never do).</param>
sealed record Refusal(Item? Stored);
