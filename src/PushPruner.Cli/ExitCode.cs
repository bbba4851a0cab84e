namespace PushPruner.Cli;

/// <summary>What the program's exit says; scripts rely on these numbers.</summary>
static class ExitCode
{
    public const int Done = 0;
    public const int SomethingFailed = 1;
    public const int WrongUsage = 2;
}
