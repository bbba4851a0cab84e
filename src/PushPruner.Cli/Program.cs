using PushPruner.Cli;

using var interrupts = new Interrupts();
var environment = new CliEnvironment(Console.Out, Console.Error)
{
    Input = Console.In,
    IsInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected && !Console.IsErrorRedirected,
};
return await CommandLine.RunAsync(args, environment, interrupts.Stop);
