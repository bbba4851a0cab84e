namespace PushPruner.Cli;

/// <summary>What the program's exit says; scripts rely on these numbers.</summary>
static class ExitCode
{
    public const int Done = 0;
    public const int SomethingFailed = 1;
    public const int WrongUsage = 2;

    /// <summary>Something is held back until a person has looked at it: too much would go, or what would go is in use.</summary>
    public const int HeldBack = 3;

    /// <summary>Ended by Ctrl-C before everything was done, as shells say it.</summary>
    public const int Stopped = 130;
}
