using Amazon.Runtime;

namespace PushPruner.Cli;

/// <summary>What the program runs in: where it reads and writes, and what it takes from the machine.</summary>
public sealed record CliEnvironment(TextWriter Output, TextWriter Error)
{
    /// <summary>Where answers to questions come from.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>
    /// Whether somebody is there who sees a plan on <see cref="Output"/> and a question on <see cref="Error"/>, and can answer it.
    /// </summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether nobody wants to be told how far it is.</summary>
    public bool IsQuiet { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Null leaves it to the SDK to find some.</summary>
    public AWSCredentials? Credentials { get; init; }

    /// <summary>Gives the value of an environment variable, null when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>With what the command line says of them.</summary>
    internal CliEnvironment For(System.CommandLine.ParseResult parsed) => this with { IsQuiet = IsQuiet || QuietOption.IsIn(parsed) };
}
