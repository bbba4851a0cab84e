using PushPruner.Testing.DynamoDb;

namespace PushPruner.Benchmarks.Costs;

/// <summary>What some work costs in dollars, by component.</summary>
sealed record Bill(double Requests, double Duration, double Table, double Logs, double Transitions)
{
    /// <summary>Of OnImagePushed and of ReconcileRepository: MemorySize in template.yaml.</summary>
    public const int PushMegabytes = 256;
    public const int ReconcileMegabytes = 512;

    public double Total => Requests + Duration + Table + Logs + Transitions + Price.Event;

    public static Bill Of(int requests, TimeSpan duration, int megabytes, Consumption units, long loggedBytes, int transitions = 0) => new(
        requests * Price.LambdaRequest,
        duration.TotalSeconds * megabytes / 1024 * Price.LambdaGigabyteSecond,
        (units.ReadUnits * Price.ReadUnit) + (units.WriteUnits * Price.WriteUnit),
        loggedBytes * Price.LogByte,
        transitions * Price.Transition);

    public Bill Times(double count) => new(Requests * count, Duration * count, Table * count, Logs * count, Transitions * count);
}
