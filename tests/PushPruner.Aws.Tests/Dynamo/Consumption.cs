namespace PushPruner.Aws.Tests.Dynamo;

/// <param name="Calls">That were answered.</param>
/// <param name="Units">Read and write units, as DynamoDB bills them.</param>
sealed record Consumption(int Calls, double Units);
