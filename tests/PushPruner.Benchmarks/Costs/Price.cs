namespace PushPruner.Benchmarks.Costs;

/// <summary>What AWS asks in us-east-1, in dollars, as its price lists said in September 2026. Free tiers are left out.</summary>
static class Price
{
    public const string AsOf = "us-east-1, September 2026";

    public const double LambdaRequest = 0.20e-6;

    /// <summary>On arm64.</summary>
    public const double LambdaGigabyteSecond = 0.0000133334;

    public const double ReadUnit = 0.125e-6;
    public const double WriteUnit = 0.625e-6;

    /// <summary>CloudWatch Logs, taken in; standard class.</summary>
    public const double LogByte = 0.50e-9;

    /// <summary>Of a standard workflow.</summary>
    public const double Transition = 0.025e-3;

    /// <summary>Events of AWS services on the default bus.</summary>
    public const double Event = 0;
}
