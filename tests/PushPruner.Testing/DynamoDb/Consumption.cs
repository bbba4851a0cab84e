namespace PushPruner.Testing.DynamoDb;

/// <param name="Calls">That were answered.</param>
/// <param name="ReadUnits">As DynamoDB bills them.</param>
/// <param name="WriteUnits">As DynamoDB bills them.</param>
public sealed record Consumption(int Calls, double ReadUnits, double WriteUnits)
{
    public static Consumption None { get; } = new(0, 0, 0);

    public static Consumption operator +(Consumption left, Consumption right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(left.Calls + right.Calls, left.ReadUnits + right.ReadUnits, left.WriteUnits + right.WriteUnits);
    }

    public static Consumption Add(Consumption left, Consumption right) => left + right;
}
