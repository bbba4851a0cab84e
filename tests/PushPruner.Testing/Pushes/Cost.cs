using PushPruner.Testing.DynamoDb;
using PushPruner.Testing.Wire;

namespace PushPruner.Testing.Pushes;

/// <summary>What some work cost.</summary>
/// <param name="Ecr">The calls that reached ECR.</param>
/// <param name="Table">The calls that reached the table.</param>
/// <param name="Units">What DynamoDB bills for them.</param>
/// <param name="Time">From the first call to the last answer, by this machine's clock.</param>
public sealed record Cost(Traffic Ecr, Traffic Table, Consumption Units, TimeSpan Time)
{
    public long Sent => Ecr.Sent + Table.Sent;

    public long Received => Ecr.Received + Table.Received;

    /// <summary>What does not depend on the machine.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Ecr}; {Table}; {Units.ReadUnits} read units, {Units.WriteUnits} write units");
}
