"""The engines that answer questions: a module each, behind one door."""
